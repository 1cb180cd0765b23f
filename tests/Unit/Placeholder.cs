namespace MaritimeWatch.Unit;
