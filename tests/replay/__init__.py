"""Days that are played through while everything ever shown is pressed again, at any later time."""
