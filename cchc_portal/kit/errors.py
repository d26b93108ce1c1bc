"""Refusals that every floor understands. Who may not is Django's PermissionDenied."""


class MoveRefused(Exception):
    """Not now: the state or the paperwork does not allow it. Carries a sentence for the user."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class ChangedMeanwhile(Exception):
    """Someone was faster: the row is no longer the version the writer looked at."""

    def __init__(self, sentence: str = "Nội dung vừa được người khác thay đổi."):
        super().__init__(sentence)
        self.sentence = sentence
