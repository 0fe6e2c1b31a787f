using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>Asks one question after another, and measures.</summary>
internal sealed class Asker(Uri url) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = url };

    /// <summary>How long one answer took, and its bytes.</summary>
    public async Task<(TimeSpan Took, long Bytes)> Ask(Person who, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await Send(who, HttpMethod.Get, path, null);
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(began), bytes.Length);
    }

    /// <summary>The cursor of a page some hundred pages in.</summary>
    public async Task<string> Deep(Person who, string sort, int pages)
    {
        var cursor = "";
        for (var n = 0; n < pages; n++)
        {
            using var answer = await Send(who, HttpMethod.Get, $"/api/tickets?sort={sort}&limit=100&cursor={cursor}", null);
            var page = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            if (page.GetProperty("nextCursor").GetString() is not { } next) break;
            cursor = next;
        }

        return cursor;
    }

    /// <summary>Tickets opened by so many customers at once, each one after the other.</summary>
    public Task Open(Person[] customers, TimeSpan during, Figures figures)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.WhenAll(customers.Select(async customer =>
        {
            while (Stopwatch.GetElapsedTime(began) < during)
            {
                var sent = Stopwatch.GetTimestamp();
                using var answer = await Send(customer, HttpMethod.Post, "/api/tickets", JsonContent.Create(new { subject = $"Something is wrong, number {sent}", description = "Nothing works as it did yesterday, please have a look.", category = "technical", priority = "medium" }));
                answer.EnsureSuccessStatusCode();
                figures.Add(Stopwatch.GetElapsedTime(sent));
            }
        }));
    }

    private Task<HttpResponseMessage> Send(Person who, HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        return http.SendAsync(request);
    }

    public void Dispose() => http.Dispose();
}
