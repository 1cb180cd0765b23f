namespace MaritimeWatch.Browser;
