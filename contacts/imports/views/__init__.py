"""The screens of an import: upload, mapping, verify, import, and the history of them all."""
