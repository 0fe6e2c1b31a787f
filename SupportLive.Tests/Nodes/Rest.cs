using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Live;
using Xunit;

namespace SupportLive.Tests.Nodes;

/// <summary>Calls in the name of one person.</summary>
public sealed class Rest(HttpClient http, string? token)
{
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, Json(body));

    public Task<Answer> Patch(string path, object body) => Send(HttpMethod.Patch, path, Json(body));

    public Task<Answer> Put(string path, object? body = null) => Send(HttpMethod.Put, path, Json(body));

    public Task<Answer> PutText(string path, string body) => Send(HttpMethod.Put, path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>Whatever is handed over, as it is.</summary>
    public Task<Answer> PostText(string path, string body, string type = "application/json") =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type));

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 100_000; // a body that is refused is then never on its way
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        return new Answer(response.StatusCode, type, text, response.Headers);
    }

    private static StringContent? Json(object? body) =>
        body is null ? null : new StringContent(JsonSerializer.Serialize(body, body.GetType(), Wire.Json), Encoding.UTF8, "application/json");
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, string? Type, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Body => JsonNode.Parse(Text)!;

    public JsonNode? this[string name] => Body[name];

    public string? Code => Type == "application/problem+json" ? this["code"]?.GetValue<string>() : null;

    public override string ToString() => $"{Status} {Text}";

    public Answer Must(HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>A refusal in the form that the contract promises, without a look behind the scenes.</summary>
    public Answer Refused(HttpStatusCode status, string code)
    {
        Must(status);
        Assert.Equal("application/problem+json", Type);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, this["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(this["detail"]?.GetValue<string>()), "A refusal says a sentence.");
        Assert.False(string.IsNullOrWhiteSpace(this["title"]?.GetValue<string>()), "A refusal has a title.");
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Text, StringComparison.Ordinal);
        return this;
    }
}
