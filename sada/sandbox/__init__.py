"""A campaign that never was: platform simulators on loopback and posts whose truth is known.

`sada demo` and the tests collect from it through the real platform clients. Everything in it is
invented; its texts were written for this project.
"""
