"""Demo data: two made-up offices with people, companies and a full timeline, for a database that holds no account yet.

Nobody in it is real: names are put together from lists, mail ends at example.com and example.org, phone numbers are
libphonenumber's examples with other last digits. The same seed and moment make the same data.
"""

from contacts.demo.offices import PASSWORD, SIGN_INS, make_demo

__all__ = ["PASSWORD", "SIGN_INS", "make_demo"]
