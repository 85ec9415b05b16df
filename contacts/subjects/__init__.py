"""Subjects: the records that have a timeline, a version, tags and a trash. People and companies are subjects.

What all of them do alike is said here once; what a person or a company does otherwise, their own models say.
"""
