"""The one error of this room: something typed or sent that cannot be understood, with a code that has a text."""


class Misunderstood(ValueError):
    """Input that cannot be used. `code` is looked up under [input] in the text catalogues; `values` fill its gaps."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
