"""Materials (证明材料): files that belong to a case, checked, made anew and sealed (S3.14, S3.22).

Used by cases and the pages above them, which own the table. May import theme, store and terms; what reads a hostile
file (`child` and all it imports) knows neither Django nor a secret nor the database.
"""
