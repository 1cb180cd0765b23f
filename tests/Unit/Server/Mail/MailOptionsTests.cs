using MaritimeWatch.Server.Mail;

namespace MaritimeWatch.Unit.Server.Mail;

public class MailOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.Empty(new MailOptions().Problems());

    [Fact]
    public void Every_wrong_setting_is_named_on_one_line()
    {
        var wrong = new MailOptions
        {
            From = "nobody",
            Recipients = ["a@b.example", "x\r\ny"],
            ConsoleAddress = "https://user:pass@watch.example/",
            MaxAttempts = 0,
            RetryAfter = TimeSpan.Zero,
            NodeName = " ",
            Smtp = new SmtpOptions { Port = 0, User = "watch", StartTls = StartTls.Off },
        };
        var problems = string.Join('\n', wrong.Problems());
        Assert.All(["From", "Recipients", "ConsoleAddress", "MaxAttempts", "RetryAfter", "NodeName", "Smtp:Host", "Smtp:Port", "SmtpPassword", "Smtp:StartTls"], name => Assert.Contains("Mail:" + name, problems));
        Assert.Equal(10, wrong.Problems().Count);
    }
}
