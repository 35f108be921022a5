"""Counts what holds and what does not, for the tests of the program."""
import sys

passed = failed = 0


def check(name, holds, note=""):
    global passed, failed
    passed += bool(holds)
    failed += not holds
    if not holds:
        print(f"FAILED {name} {note}")


def finish(name):
    """Prints the counts and ends the program."""
    print(f"{name}: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
