"""Graphs over stored rows: build them, measure them, draw them, export them. The only package that imports networkx.

A graph is derived, never the source of truth: ``build.build_graph`` is a pure function of the rows it is given.
"""
