using MaritimeWatch.Server.Access;

namespace MaritimeWatch.Unit.Server.Access;

public sealed class LockoutTests
{
    private readonly HandClock clock = new();
    private readonly Lockout lockout;

    public LockoutTests() => lockout = new Lockout(clock);

    [Fact]
    public void The_wait_begins_after_five_wrong_tries_and_doubles_up_to_a_quarter_of_an_hour()
    {
        Assert.All(Enumerable.Range(0, 5), i => Assert.Null(lockout.Begin("anna", $"address {i}")));
        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 900, 900, 900 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), lockout.Begin("ANNA", "another"));
            clock.Now += TimeSpan.FromSeconds(seconds);
            Assert.Null(lockout.Begin("anna", $"address {seconds} {clock.Now.Ticks}"));
        }
    }

    [Fact]
    public void A_right_password_starts_the_name_anew_and_an_hour_forgets()
    {
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(lockout.Begin("anna", "here")));
        Assert.Null(lockout.Begin("anna", "here"));
        lockout.Right("anna", "here");
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(lockout.Begin("anna", "here")));
        Assert.True(lockout.Waits("Anna"));
        clock.Now += TimeSpan.FromHours(1);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(lockout.Begin("anna", "here")));
        Assert.NotNull(lockout.Begin("anna", "here"));
    }

    [Fact]
    public void An_address_waits_after_twenty_five_wrong_tries_of_whatever_names()
    {
        Assert.All(Enumerable.Range(0, Lockout.TriesOfAddress), i => Assert.Null(lockout.Begin($"name {i}", "here")));
        Assert.NotNull(lockout.Begin("a name not tried yet", "here"));
        Assert.Null(lockout.Begin("a name not tried yet", "there"));
    }

    [Fact]
    public void What_is_kept_of_made_up_names_has_an_end()
    {
        Assert.All(Enumerable.Range(0, 100_000), i => Assert.Null(lockout.Begin($"name {i}", $"address {i}")));
        Assert.Null(lockout.Begin("name 0", "address 0"));
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
