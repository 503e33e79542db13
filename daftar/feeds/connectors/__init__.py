"""Registries of others that confirm electronically what paper showed: study, birth registration (S2.13).

A port with an HTTP implementation, switched on by the dated law (`connector/<kind>`), asked each night and at the
counter; what they confirm becomes evidence whose source is `connector`. Used by portal and config. May import what
`feeds` may.
"""
