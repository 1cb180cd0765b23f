using MaritimeWatch.Feeds;

namespace MaritimeWatch.Unit.Feeds;

public sealed class InputExceptionTests
{
    [Fact]
    public void What_an_input_holds_neither_breaks_the_line_nor_commands_the_terminal() =>
        Assert.Equal("x.csv: expected a column for lat, found a b [31mred.", new InputException("x.csv: expected a column for lat, found a\nb\u001b[31mred.").Message);
}
