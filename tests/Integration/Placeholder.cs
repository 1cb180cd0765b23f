namespace MaritimeWatch.Integration;
