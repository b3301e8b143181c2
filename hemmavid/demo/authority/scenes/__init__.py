"""What goes on just now in the demo: single cases walked by the operations of real ones, around its day."""
