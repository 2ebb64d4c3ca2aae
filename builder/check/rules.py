"""Imports every module of ``builder.check`` that registers rules."""

import importlib
from pkgutil import iter_modules

import builder.check

_WITHOUT_RULES = {"base", "proposed", "report", "rules", "run", "survey"}

for _module in sorted(iter_modules(builder.check.__path__), key=lambda module: module.name):
    if _module.name not in _WITHOUT_RULES:
        importlib.import_module(f"builder.check.{_module.name}")
