# make demo: set up, build, and see griot read the example reports.  make test: set up, then all tests.
PREFIX ?= /usr/local
BUILD ?= build

.PHONY: demo test build install accuracy speed setup clean

demo: build
	$(BUILD)/griot demo

test: setup
	sh tests/run.sh

setup:
	@sh tools/setup.sh

build: setup
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix=$(PREFIX) >/dev/null
	@ninja -C $(BUILD) --quiet

install: build
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	meson install -C $(BUILD)

accuracy: build
	python3 bench/accuracy/table.py

speed: build
	@ninja -C $(BUILD) --quiet bench/speed bench/prototype_input
	python3 bench/speed/table.py $(BUILD)

clean:
	rm -rf build build-*
