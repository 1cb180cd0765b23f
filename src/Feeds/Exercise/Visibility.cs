using System.Runtime.CompilerServices;

// The tests check the truths against the simulated ships, which no other code needs to see.
[assembly: InternalsVisibleTo("MaritimeWatch.Unit")]
