"""Ways to change a running module that notice when the release no longer is what the patch was written for."""


def replace(module, name, make):
    """`make` gets the original function and returns the one that takes its place."""
    original = getattr(module, name)
    setattr(module, name, make(original))


def replace_text(text, old, new, times=1):
    found = text.count(old)
    if found != times:
        raise RuntimeError(f"Expected {times} times, found {found} times in this release of MiniStack: {old}")
    return text.replace(old, new)
