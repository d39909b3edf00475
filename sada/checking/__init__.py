"""`sada check`: is what an operator wrote usable, and what would it ask and cost?"""
