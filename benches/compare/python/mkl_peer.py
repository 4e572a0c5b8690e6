"""Calls `mkl.c`, in which everything happens that is timed."""

import ctypes

import numpy as np


class Mkl:
    def __init__(self, library):
        # So that the parts that MKL loads later find those that are here.
        self.library = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
        self.library.create.restype = ctypes.c_void_p
        for function in self.library.train, self.library.infer:
            function.restype = ctypes.c_double
        version = ctypes.create_string_buffer(256)
        self.library.describe(version, len(version))
        # "Intel(R) oneAPI Math Kernel Library Version 2026.0-Product Build ..."
        words = version.value.decode().split()
        number = words[words.index("Version") + 1].split("-")[0]
        self.description = f"oneMKL {number} (C)"

    def has(self, task):
        return not task.shape.convolutions and not task.shape.is_sequence()

    def create(self, task, rate):
        widths = np.array(task.shape.widths, np.int32)
        weights = np.concatenate([weight.ravel() for weight in task.make_weights()])
        inputs = task.make_inputs()
        classes = task.shape.head == "classes"
        targets = task.make_targets().astype(np.int32 if classes else np.float32)
        network = self.library.create(
            ctypes.c_int(len(widths) - 1),
            as_pointer(widths),
            ctypes.c_int(task.shape.hidden == "tanh"),
            ctypes.c_int(["classes", "values", "sigmoid"].index(task.shape.head)),
            ctypes.c_int(task.samples),
            ctypes.c_int(task.call == "adam"),
            ctypes.c_float(rate or 0.0),
            as_pointer(weights),
        )
        # Adds to the inputs what does not change them.
        pointers = as_pointer(inputs), as_pointer(targets)

        def run(calls, observe=None):
            if task.trains:
                total = self.library.train(
                    ctypes.c_void_p(network), ctypes.c_long(calls), *pointers
                )
            else:
                total = self.library.infer(
                    ctypes.c_void_p(network),
                    ctypes.c_long(calls),
                    pointers[0],
                    ctypes.c_int(len(inputs) // task.samples),
                    ctypes.c_int(task.dependent),
                )
            if observe:
                observe(total)

        # Kept as long as their addresses are.
        run.memory = inputs, targets
        return run


def as_pointer(array):
    return ctypes.c_void_p(array.ctypes.data)
