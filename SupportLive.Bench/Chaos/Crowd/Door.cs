using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>REST on both nodes. A call that gets no answer within five seconds is given up.</summary>
internal sealed class Door(WebNode[] nodes) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient[] clients = [.. nodes.Select(n => new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) }) { BaseAddress = n.Url })];

    public int Count => clients.Length;

    public Task<Answer> Post(int node, Person who, string path, object body, TimeSpan? cutAfter = null) =>
        Call(node, new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, who, cutAfter);

    public Task<Answer> Get(int node, Person who, string path) => Call(node, new HttpRequestMessage(HttpMethod.Get, path), who, null);

    private async Task<Answer> Call(int node, HttpRequestMessage request, Person who, TimeSpan? cutAfter)
    {
        using var _ = request;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        using var patience = new CancellationTokenSource(cutAfter ?? Patience);
        try
        {
            using var response = await clients[node % clients.Length].SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            var json = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
            return response.IsSuccessStatusCode ? Answer.Ok(json) : Answer.Refused(json, $"{(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return Answer.Silence(cutAfter is null ? "no answer" : "cut by the client");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Answer.Silence("line lost");
        }
        catch (JsonException)
        {
            return Answer.Silence("unreadable answer");
        }
    }

    public async Task<bool> Ready(int node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            using var response = await clients[node].GetAsync("/health/ready", patience.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
    }
}
