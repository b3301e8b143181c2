"""Plain Python that knows nothing of home care: periods, clock, money, hours, numbers and Swedish forms."""
