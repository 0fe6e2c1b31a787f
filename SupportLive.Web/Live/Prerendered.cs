using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportLive.Web.Live;

/// <summary>JSON that was written once and is sent to many.</summary>
[JsonConverter(typeof(Writer))]
public sealed record Prerendered(byte[] Json)
{
    internal sealed class Writer : JsonConverter<Prerendered>
    {
        public override Prerendered Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only ever sent.");

        public override void Write(Utf8JsonWriter writer, Prerendered value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
