"""Answers of the public: questionnaires open to everybody, in a study of their own.

What the public answers lies in a companion of the study, of the kind `audience`, so that nothing of
it is in the figures, themes and exports of those who take part. Each visitor is a person with a
code there, without an account, and may delete what they answered with the code of their receipt.
"""
