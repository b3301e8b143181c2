"""Every read of cases. What an order may carry is `order_basis`; nothing behind it leaves the authority."""

from hemmavid.cases.queries.order_basis import (
    FrameTimeSpan,
    OrderBasis,
    OrderedArea,
    OrderedNeed,
    OrderedOutside,
    order_basis,
)

__all__ = ["FrameTimeSpan", "OrderBasis", "OrderedArea", "OrderedNeed", "OrderedOutside", "order_basis"]
