"""The peers' side of `cargo xtask compare`: `main.py torch | jax | jax-loop | mkl LIBRARY`.

Speaks the language of `contest/src/protocol.rs`. One contestant a process, on one thread.
"""

import sys

from contest import TIMED, Task, check, measure


def create_contestant(label, *arguments):
    # Imported where it is needed: none must be there for another.
    if label == "torch":
        from torch_peer import Torch

        return Torch()
    if label == "mkl":
        from mkl_peer import Mkl

        return Mkl(*arguments)
    from jax_peer import Jax

    return Jax(loops=label == "jax-loop")


def main():
    contestant = create_contestant(*sys.argv[1:])
    # Kept from round to round, since compiling takes longer than measuring.
    runs = {}
    print("ready", contestant.description, flush=True)
    for line in sys.stdin:
        verb, name = line.split()
        try:
            task = Task(name)
        except KeyError:
            task = None
        if task is None or not contestant.has(task):
            answer = "none"
        elif verb == "check":
            answer = f"{check(task, contestant.create):.9g}"
        else:
            if name not in runs:
                runs[name] = contestant.create(task, TIMED.get(task.call))
            minimum, median = measure(runs[name])
            answer = f"{minimum:.3f} {median:.3f}"
        print(name, answer, flush=True)


if __name__ == "__main__":
    main()
