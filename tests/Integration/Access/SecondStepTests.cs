using System.Net;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Access;

/// <summary>A person puts a code of her own device before her sign-in, uses it once, and gets out of it again.</summary>
public sealed class SecondStepTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    [Fact]
    public async Task After_it_is_confirmed_a_password_alone_signs_nobody_in_a_code_does_once_and_an_administrator_ends_it()
    {
        const string name = "one careful";
        var person = await watch.MadeAsync(name, "analyst");
        Assert.Equal(400, (await AskAsync(person, "", new { password = "not the password" })).Status);
        var secret = Bytes(System.Text.Json.JsonDocument.Parse((await AskAsync(person, "", new { password = ConsoleClient.Password })).Body).RootElement.GetProperty("secret").GetString()!);
        Assert.Equal(400, (await AskAsync(person, "/confirm", new { code = "000 00" })).Status);
        await person.SignInAsync(name, ConsoleClient.Password);
        Assert.Equal(204, (await AskAsync(person, "/confirm", new { code = Code(0) })).Status);
        Assert.DoesNotContain(Convert.ToHexString(secret), (await watch.Store.Accounts.FindAsync(name, AccessWatch.Cancel))!.StepSecret!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((401, true), await SignInAsync(null));
        Assert.Equal((401, false), await SignInAsync("00000"));
        // The code of this step was used to confirm; the next one is good already.
        var code = Code(1);
        Assert.Equal((204, false), await SignInAsync(code));
        Assert.Equal((401, false), await SignInAsync(code));
        Assert.Equal(HttpStatusCode.OK, (await watch.First.PostAsync($"/api/accounts/{name}/password", new { password = ConsoleClient.Password })).StatusCode);
        Assert.Equal((204, false), await SignInAsync(null));
        Assert.Single(await watch.AuditAsync("second step begun"), e => e.By == name);

        string Code(int off) => Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + off);

        async Task<(int Status, bool CodeNeeded)> SignInAsync(string? code)
        {
            using var answer = await person.PostAsync("/api/session", new { name, password = ConsoleClient.Password, code });
            return ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync(AccessWatch.Cancel)).Contains("Code needed", StringComparison.Ordinal));
        }
    }

    private static async Task<(int Status, string Body)> AskAsync(ConsoleClient person, string what, object proof)
    {
        using var answer = await person.PostAsync($"/api/me/second-step{what}", proof);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(AccessWatch.Cancel));
    }

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
