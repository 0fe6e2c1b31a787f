using System.Diagnostics;
using Xunit;

namespace SupportLive.Tests.Nodes;

/// <summary>A node in a process of its own, which can be killed like one.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private const string Ready = "SupportLive is ready at ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly HttpClient http;
    private readonly string folder;

    private NodeProcess(Process process, Uri address, string folder)
    {
        (this.process, this.folder) = (process, folder);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    }

    public static Task<NodeProcess> Start(string connectionString, params string[] more) => Start(connectionString, new Dictionary<string, string>(StringComparer.Ordinal), more);

    /// <summary>With more in its environment.</summary>
    public static async Task<NodeProcess> Start(string connectionString, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "SupportLive.Web.dll");
        var data = Directory.CreateTempSubdirectory("supportlive-node-").FullName;
        var started = new Process
        {
            StartInfo = new("dotnet", [server, "--urls", "http://127.0.0.1:0", "--contentRoot", Sources.Of("SupportLive.Web"), "--Logging:LogLevel:Default=Error", .. more])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["ConnectionStrings__SupportLive"] = connectionString,
                    ["SUPPORTLIVE_DATA"] = data,
                    ["Auth__SigningKey"] = TestNode.SigningKey,
                    ["Limits__Enabled"] = "false",
                    ["Demo__Seed"] = "true",
                    ["DOTNET_EnableDiagnostics"] = "0", // a killed process leaves its diagnostic pipes behind
                },
            },
            EnableRaisingEvents = true,
        };
        foreach (var (name, value) in environment) started.StartInfo.Environment[name] = value;
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        started.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Ready, StringComparison.Ordinal) == true) ready.TrySetResult(new Uri(line.Data[Ready.Length..].Trim()));
        };
        started.ErrorDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage("{0}", line.Data ?? "");
        started.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The node ended before it served."));
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        try
        {
            return new NodeProcess(started, await ready.Task.WaitAsync(StartTime, TestContext.Current.CancellationToken), data);
        }
        catch
        {
            started.Kill();
            started.Dispose();
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    /// <summary>The REST door, for somebody or for nobody.</summary>
    public Rest As(Person? person) => new(http, person?.Token);

    /// <summary>As <c>kill -9</c> does it: nothing is finished, nothing is tidied up.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
