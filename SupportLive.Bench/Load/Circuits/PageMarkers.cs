using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SupportLive.Bench.Load.Circuits;

/// <summary>What a page hands to the browser's script: the components that shall live, and their persisted state.</summary>
internal sealed record PageMarkers(string Operations, string State, int PageBytes)
{
    public static async Task<PageMarkers> Fetch(HttpClient http, Person who, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        using var response = await http.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)response.StatusCode}");
        var markers = Regex.Matches(page, "<!--Blazor:(\\{[^>]*\"descriptor\"[^>]*\\})-->").Select((m, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{m.Groups[1].Value}}}""");
        var operations = $$"""{"batchId":1,"operations":[{{string.Join(',', markers)}}]}""";
        return new(operations, Regex.Match(page, "<!--Blazor-Server-Component-State:([^>]*)-->").Groups[1].Value, page.Length);
    }
}
