using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;

namespace SupportLive.Web.Shell;

/// <summary>
/// Every circuit has serializer options of its own for its calls to scripts. The arguments are an array of objects, for which the serializer
/// describes each argument's type with all its interfaces, anew in every circuit: 75 kB of a page's memory. Written one by one they need none of that.
/// </summary>
internal static class LeanInterop
{
    public static IServiceCollection AddLeanInterop(this IServiceCollection services)
    {
        var stock = services.Last(s => s.ServiceType == typeof(IJSRuntime)).ImplementationType!;
        return services.AddScoped(sp =>
        {
            var runtime = (JSRuntime)ActivatorUtilities.CreateInstance(sp, stock);
            Options(runtime).Converters.Insert(0, new Arguments());
            return (IJSRuntime)runtime;
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    private static extern JsonSerializerOptions Options(JSRuntime runtime);

    private sealed class Arguments : JsonConverter<object?[]>
    {
        public override object?[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Arguments are only ever sent.");

        public override void Write(Utf8JsonWriter writer, object?[] value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var argument in value) Write(writer, argument, options);
            writer.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter writer, object? argument, JsonSerializerOptions options)
        {
            switch (argument)
            {
                case null: writer.WriteNullValue(); return;
                case string text: writer.WriteStringValue(text); return;
                case bool truth: writer.WriteBooleanValue(truth); return;
                case int number: writer.WriteNumberValue(number); return;
                case long number: writer.WriteNumberValue(number); return;
                case double number: writer.WriteNumberValue(number); return;
                default: JsonSerializer.Serialize(writer, argument, argument.GetType(), options); return;
            }
        }
    }
}
