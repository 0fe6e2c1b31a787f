using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Web;

namespace SupportLive.Tests.Nodes;

/// <summary>A real node on a real socket.</summary>
public sealed class TestNode : IAsyncDisposable
{
    /// <summary>The same on all nodes, as in operation.</summary>
    public const string SigningKey = "a-key-for-tests-that-is-long-enough-0123456789";

    private readonly HttpClient http;
    private bool disposed;

    private TestNode(WebApplication app)
    {
        App = app;
        Address = new Uri(app.Urls.First());
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public static Task<TestNode> Start(string connectionString, params string[] more) => Start(connectionString, clock: null, more);

    /// <summary>A node whose clock the test moves.</summary>
    public static async Task<TestNode> Start(string connectionString, TimeProvider? clock, params string[] more)
    {
        var app = await Desk.Build(
        [
            "--urls", "http://127.0.0.1:0", "--contentRoot", Sources.Of("SupportLive.Web"), $"--ConnectionStrings:SupportLive={connectionString}",
            $"--Auth:SigningKey={SigningKey}", "--Demo:Seed=true", "--Limits:Enabled=false", "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft=Error", $"--Logging:LogLevel:{typeof(OutageLog).FullName}=Information", "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Update=None", "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Query=None", .. more,
        ], clock);
        await app.StartAsync();
        return new TestNode(app);
    }

    public T The<T>() where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>The REST door, for somebody or for nobody.</summary>
    public Rest As(Person? person) => new(http, person?.Token);

    public Rest Anonymous => new(http, null);

    /// <summary>The hub's door.</summary>
    public Task<LiveClient> Connect(Person person) => LiveClient.Connect(Address, person.Token);

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
