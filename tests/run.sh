#!/bin/sh
# All tests, as `make test` runs them: each step is counted, the first lines of what failed are shown, and the last
# line sums up. Run from the repository root.
set -u
passed=0 failed=0 skipped=0
step() {
    name=$1
    shift
    started=$(date +%s)
    if "$@" >build-test.log 2>&1; then
        passed=$((passed + 1))
        echo "ok      $name ($(($(date +%s) - started)) s)"
        grep -E '^(skipped|cases|program|[0-9]+ (examples|functions))' build-test.log | sed 's/^/        /'
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        tail -n 40 build-test.log | sed 's/^/        /'
    fi
    rm -f build-test.log
}
build_with() { # folder compiler options...
    folder=$1 compiler=$2
    shift 2
    test -f "$folder/build.ninja" || CC=$compiler meson setup "$folder" "$@" || return 1
    ninja -C "$folder"
}
no_warnings() {
    rm -rf build-warn
    CC=$1 meson setup build-warn --werror --buildtype=debug >/dev/null && ninja -C build-warn griot
    status=$?
    rm -rf build-warn
    return $status
}
fuzz_for() { # target seconds: the kept corpus first, then a short run
    corpus=$(mktemp -d)
    [ -d "fuzz/corpus/${1#fuzz_}" ] || { echo "no kept corpus for $1"; return 1; }
    "build-fuzz/fuzz/$1" -timeout=20 -rss_limit_mb=4096 -max_total_time="$2" -detect_leaks=1 "$corpus" \
        "fuzz/corpus/${1#fuzz_}"
    status=$?
    rm -rf "$corpus"
    return $status
}

cases() { # the scorers lie outside the repository
    if [ -f ../shared/score/score.py ]; then
        python3 tests/run_cases.py "$1" ../shared/score/score.py ../shared/cases/niger-2024
    else
        echo "skipped: the cases need the scorers of ../shared/score"
    fi
}

# The public header is one by itself, in C and in C++.
header() {
    gcc -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c include/griot.h &&
        clang -std=c17 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c include/griot.h &&
        clang++ -std=c++11 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c++ include/griot.h
}
format() { find src include tests fuzz bench -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror; }

step "format" format
step "layers" tools/check_layers
step "public header" header
step "style" tools/check_style
step "checks of the house" python3 tests/house.py
step "knowledge data" python3 tools/check_knowledge.py
step "build with gcc" build_with build gcc
step "build with clang" build_with build-clang clang
step "no warnings, gcc" no_warnings gcc
step "unit tests" meson test -C build --suite unit --print-errorlogs
step "rules check" build/griot rules check
step "rule examples" build/griot rules test
step "actors check" build/griot actors check
step "actors" python3 tests/run_actors.py build/griot
step "grammar of reports" python3 tests/run_grammar.py
step "cases" cases build/griot
step "commands" python3 tests/cli/cases.py build/griot
step "documentation" python3 tests/cli/documentation.py build/griot
step "record" python3 tests/cli/record.py build/griot
step "situation and tolls" python3 tests/cli/situation.py build/griot
step "incidents over reports" python3 tests/cli/incidents.py build/griot
step "program" python3 tests/cli/run.py build/griot build-clang/griot
step "formats" python3 tests/cli/formats.py build/griot
step "installed" tests/install.sh build
step "faults" meson test -C build --suite faults --print-errorlogs
step "demo" build/griot demo -o build/griot-demo.geojson
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
step "build with sanitizers" build_with build-asan gcc -Db_sanitize=address,undefined --buildtype=debugoptimized
step "unit tests, sanitizers" meson test -C build-asan --suite unit --print-errorlogs --timeout-multiplier 5
step "cases, sanitizers" cases build-asan/griot
step "build of the fuzz targets" build_with build-fuzz clang -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
    --buildtype=debugoptimized
for target in build-fuzz/fuzz/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] && step "fuzz $(basename "$target")" fuzz_for "$(basename "$target")" 3
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
