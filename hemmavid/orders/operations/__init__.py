"""Every write of orders, module by module after what is done."""
