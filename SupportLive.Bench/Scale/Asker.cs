using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>Asks one question after another over one connection, and measures.</summary>
internal sealed class Asker(Uri url) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = url };

    /// <summary>Null when the server does not know this question.</summary>
    public async Task<Figures?> Ask(Person who, string path, int calls)
    {
        var figures = new Figures();
        for (var n = 0; n < calls; n++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await Send(who, HttpMethod.Get, path, null);
            if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            figures.Add(Stopwatch.GetElapsedTime(began));
        }

        return figures;
    }

    /// <summary>The cursor of a page some hundred pages in, as far as there are so many.</summary>
    public async Task<string?> Deep(Person who, string sort, int pages)
    {
        string? cursor = null;
        for (var n = 0; n < pages; n++)
        {
            using var answer = await Send(who, HttpMethod.Get, $"/api/tickets?sort={sort}&limit=100{(cursor is null ? "" : $"&cursor={cursor}")}", null);
            var page = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            if (page.GetProperty("nextCursor").GetString() is not { } next) break;
            cursor = next;
        }

        return cursor;
    }

    /// <summary>Tickets opened per second, by so many customers at once.</summary>
    public async Task<double> Open(Person[] customers, TimeSpan during)
    {
        var began = Stopwatch.GetTimestamp();
        var opened = await Task.WhenAll(customers.Select(async customer =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(began) < during; count++)
            {
                using var answer = await Send(customer, HttpMethod.Post, "/api/tickets", JsonContent.Create(new { subject = $"Something is wrong, number {count}", description = "Nothing works as it did yesterday, please have a look.", category = "technical", priority = "medium" }));
                answer.EnsureSuccessStatusCode();
            }

            return count;
        }));
        return Math.Round(opened.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private Task<HttpResponseMessage> Send(Person who, HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        return http.SendAsync(request);
    }

    public void Dispose() => http.Dispose();
}
