using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace MaritimeWatch.Support;

/// <summary>A person at the console, by its API.</summary>
internal sealed class ConsoleClient : IDisposable
{
    public const string Name = "watch officer", Password = "a password for the tests";

    private readonly HttpClient http;

    public ConsoleClient(string address)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("X-MaritimeWatch", "1");
    }

    public void Dispose() => http.Dispose();

    public Task<HttpResponseMessage> PostAsync(string path, object body) => http.PostAsJsonAsync(path, body);

    /// <summary>Sends CSV; the answer comes as the media type asked for.</summary>
    public Task<HttpResponseMessage> PostCsvAsync(string path, string csv, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(csv, System.Text.Encoding.UTF8, "text/csv") };
        request.Headers.Accept.ParseAdd(accept);
        return http.SendAsync(request);
    }

    /// <summary>Any request; the answer comes as soon as its headers are there, for streams have no end.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, params IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public Task<HttpResponseMessage> GetRawAsync(string path) => http.GetAsync(path);

    public async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Makes the first administrator with the code the program printed.</summary>
    public async Task FirstStartAsync(string line) =>
        (await PostAsync("/api/first-start", new { code = line.Split(' ')[^1], name = Name, password = Password })).EnsureSuccessStatusCode();

    public async Task SignInAsync() => (await PostAsync("/api/session", new { name = Name, password = Password })).EnsureSuccessStatusCode();

    public async Task SignInAsync(string name, string password) => (await PostAsync("/api/session", new { name, password })).EnsureSuccessStatusCode();

    public Task<HttpResponseMessage> DeleteAsync(string path) => http.DeleteAsync(path);

    public async Task<IReadOnlyList<JsonElement>> AlertsAsync() => [.. (await GetAsync("/api/alerts")).GetProperty("alerts").EnumerateArray()];

    public async Task<DateTimeOffset> NowAsync() => (await GetAsync("/api/watch")).GetProperty("now").GetDateTimeOffset();
}
