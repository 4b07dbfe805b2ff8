using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelDsl;

/// <summary>
/// A training's place as JSON: an object for each record, with its properties by their names; a number that JSON has no
/// form for is text.
/// </summary>
/// <remarks>
/// It is read and written as the header of its file is, token by token: a serializer, also one without reflection,
/// would almost double the size of a native program that trains. A property that is not known here is passed over.
/// </remarks>
internal static class TrainingPlaceJson
{
    private static readonly string[] Required =
    [
        nameof(TrainingPlace.Options), nameof(TrainingPlace.Step), nameof(TrainingPlace.Epoch),
        nameof(TrainingPlace.Batch), nameof(TrainingPlace.IsEpochOpen), nameof(TrainingPlace.TrainingTime),
        nameof(TrainingPlace.StopMessage), nameof(TrainingPlace.Sums), nameof(TrainingPlace.Epochs),
    ];

    private delegate T ReadValue<T>(ref Utf8JsonReader reader);

    private delegate T ReadProperty<T>(T value, string name, ref Utf8JsonReader reader);

    /// <summary>The place as text.</summary>
    public static string Write(TrainingPlace place)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, place);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write(TrainingPlace)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static TrainingPlace Read(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            reader.Read();
            TrainingPlace place = ReadPlace(ref reader);

            // What follows the object may only be space: the reader itself refuses anything else.
            reader.Read();
            return place;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The reader reports a token of another type as an invalid operation.
            throw new InvalidDataException(
                $"expected the place of a training, got something else: {PrintableText.Escape(exception.Message)}",
                exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, TrainingPlace place)
    {
        writer.WriteStartObject();
        WriteTexts(writer, nameof(place.Options), place.Options);
        writer.WriteNumber(nameof(place.Step), place.Step);
        writer.WriteNumber(nameof(place.Epoch), place.Epoch);
        writer.WriteNumber(nameof(place.Batch), place.Batch);
        writer.WriteBoolean(nameof(place.IsEpochOpen), place.IsEpochOpen);
        writer.WriteString(nameof(place.TrainingTime), Text(place.TrainingTime));
        writer.WriteString(nameof(place.LoadingTime), Text(place.LoadingTime));
        writer.WriteString(nameof(place.StopMessage), place.StopMessage);
        WriteArray(
            writer, nameof(place.Metrics), place.Metrics, static (writer, name) => writer.WriteStringValue(name));
        WriteArray(writer, nameof(place.Sums), place.Sums, static (writer, sums) =>
        {
            writer.WriteStartArray();
            foreach (double sum in sums)
            {
                WriteValue(writer, sum);
            }

            writer.WriteEndArray();
        });
        WriteArray(writer, nameof(place.Epochs), place.Epochs, Write);
        writer.WriteNumber(nameof(place.ModelStep), place.ModelStep);
        writer.WriteNumber(nameof(place.DropoutSeed), place.DropoutSeed);
        writer.WriteString(nameof(place.OptimizerKind), place.OptimizerKind);
        writer.WriteNumber(nameof(place.OptimizerSteps), place.OptimizerSteps);
        Write(writer, nameof(place.LearningRate), place.LearningRate);
        if (place.AverageUpdates is { } updates)
        {
            writer.WriteNumber(nameof(place.AverageUpdates), updates);
        }

        if (place.LossScale is { } scale)
        {
            Write(writer, nameof(place.LossScale), scale);
            writer.WriteNumber(nameof(place.FiniteSteps), place.FiniteSteps);
        }

        WriteArray(writer, nameof(place.Observers), place.Observers, Write);
        writer.WriteEndObject();
    }

    private static TrainingPlace ReadPlace(ref Utf8JsonReader reader)
    {
        var empty = new TrainingPlace
        {
            Options = [],
            Step = 0,
            Epoch = 0,
            Batch = 0,
            IsEpochOpen = false,
            TrainingTime = TimeSpan.Zero,
            StopMessage = null,
            Sums = [],
            Epochs = [],
        };
        var found = new HashSet<string>(StringComparer.Ordinal);
        TrainingPlace read = ReadObject(ref reader, empty, (place, name, ref reader) =>
        {
            found.Add(name);
            return name switch
            {
                nameof(place.Options) => place with { Options = new(ReadTexts(ref reader), StringComparer.Ordinal) },
                nameof(place.Step) => place with { Step = reader.GetInt64() },
                nameof(place.Epoch) => place with { Epoch = reader.GetInt32() },
                nameof(place.Batch) => place with { Batch = reader.GetInt32() },
                nameof(place.IsEpochOpen) => place with { IsEpochOpen = reader.GetBoolean() },
                nameof(place.TrainingTime) => place with { TrainingTime = ReadTime(ref reader) },
                nameof(place.LoadingTime) => place with { LoadingTime = ReadTime(ref reader) },
                nameof(place.StopMessage) => place with { StopMessage = reader.GetString() },
                nameof(place.Metrics) => place with { Metrics = ReadArray(ref reader, ReadText) },
                nameof(place.Sums) => place with { Sums = [.. ReadArray(ref reader, ReadSums)] },
                nameof(place.Epochs) => place with { Epochs = ReadArray(ref reader, ReadEpoch) },
                nameof(place.ModelStep) => place with { ModelStep = reader.GetInt64() },
                nameof(place.DropoutSeed) => place with { DropoutSeed = reader.GetUInt64() },
                nameof(place.OptimizerKind) => place with { OptimizerKind = reader.GetString() },
                nameof(place.OptimizerSteps) => place with { OptimizerSteps = reader.GetInt64() },
                nameof(place.LearningRate) => place with { LearningRate = ReadSingle(ref reader) },
                nameof(place.AverageUpdates) => place with { AverageUpdates = reader.GetInt64() },
                nameof(place.LossScale) => place with { LossScale = ReadSingle(ref reader) },
                nameof(place.FiniteSteps) => place with { FiniteSteps = reader.GetInt32() },
                nameof(place.Observers) => place with { Observers = ReadArray(ref reader, ReadObserver) },
                _ => PassOver(place, ref reader),
            };
        });
        return Required.FirstOrDefault(name => !found.Contains(name)) is { } missing
            ? throw new InvalidDataException($"expected the place of a training, got one without {missing}")
            : read;
    }

    private static void Write(Utf8JsonWriter writer, EpochResult epoch)
    {
        writer.WriteStartObject();
        writer.WriteNumber(nameof(epoch.Epoch), epoch.Epoch);
        Write(writer, nameof(epoch.Loss), epoch.Loss);
        Write(writer, nameof(epoch.Accuracy), epoch.Accuracy);
        Write(writer, nameof(epoch.ValidationLoss), epoch.ValidationLoss);
        Write(writer, nameof(epoch.ValidationAccuracy), epoch.ValidationAccuracy);
        writer.WriteString(nameof(epoch.TrainingTime), Text(epoch.TrainingTime));
        writer.WriteString(nameof(epoch.LoadingTime), Text(epoch.LoadingTime));
        writer.WriteString(nameof(epoch.ValidationTime), Text(epoch.ValidationTime));
        Write(writer, nameof(epoch.SamplesPerSecond), epoch.SamplesPerSecond);
        writer.WriteNumber(nameof(epoch.Step), epoch.Step);
        WriteArray(writer, nameof(epoch.Heads), epoch.Heads, Write);
        WriteArray(writer, nameof(epoch.ValidationHeads), epoch.ValidationHeads, Write);
        WriteArray(writer, nameof(epoch.Metrics), epoch.Metrics, Write);
        WriteArray(writer, nameof(epoch.ValidationMetrics), epoch.ValidationMetrics, Write);
        writer.WriteEndObject();
    }

    private static EpochResult ReadEpoch(ref Utf8JsonReader reader) => ReadObject(
        ref reader,
        new EpochResult(0, 0, null, null, null, TimeSpan.Zero, TimeSpan.Zero, 0),
        static (epoch, name, ref reader) => name switch
        {
            nameof(epoch.Epoch) => epoch with { Epoch = reader.GetInt32() },
            nameof(epoch.Loss) => epoch with { Loss = ReadNumber(ref reader) },
            nameof(epoch.Accuracy) => epoch with { Accuracy = ReadNumberOrNull(ref reader) },
            nameof(epoch.ValidationLoss) => epoch with { ValidationLoss = ReadNumberOrNull(ref reader) },
            nameof(epoch.ValidationAccuracy) => epoch with { ValidationAccuracy = ReadNumberOrNull(ref reader) },
            nameof(epoch.TrainingTime) => epoch with { TrainingTime = ReadTime(ref reader) },
            nameof(epoch.LoadingTime) => epoch with { LoadingTime = ReadTime(ref reader) },
            nameof(epoch.ValidationTime) => epoch with { ValidationTime = ReadTime(ref reader) },
            nameof(epoch.SamplesPerSecond) => epoch with { SamplesPerSecond = ReadNumber(ref reader) },
            nameof(epoch.Step) => epoch with { Step = reader.GetInt64() },
            nameof(epoch.Heads) => epoch with { Heads = ReadArray(ref reader, ReadHead) },
            nameof(epoch.ValidationHeads) => epoch with { ValidationHeads = ReadArray(ref reader, ReadHead) },
            nameof(epoch.Metrics) => epoch with { Metrics = ReadArray(ref reader, ReadMetric) },
            nameof(epoch.ValidationMetrics) => epoch with { ValidationMetrics = ReadArray(ref reader, ReadMetric) },
            _ => PassOver(epoch, ref reader),
        });

    private static void Write(Utf8JsonWriter writer, HeadResult head)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(head.Name), head.Name);
        Write(writer, nameof(head.Loss), head.Loss);
        Write(writer, nameof(head.Accuracy), head.Accuracy);
        Write(writer, nameof(head.MeanAbsoluteError), head.MeanAbsoluteError);
        writer.WriteEndObject();
    }

    private static HeadResult ReadHead(ref Utf8JsonReader reader) => ReadObject(
        ref reader,
        new HeadResult("", 0, null, null, null),
        static (head, name, ref reader) => name switch
        {
            nameof(head.Name) => head with { Name = ReadText(ref reader) },
            nameof(head.Loss) => head with { Loss = ReadNumber(ref reader) },
            nameof(head.Accuracy) => head with { Accuracy = ReadNumberOrNull(ref reader) },
            nameof(head.MeanAbsoluteError) => head with { MeanAbsoluteError = ReadNumberOrNull(ref reader) },
            _ => PassOver(head, ref reader),
        });

    private static void Write(Utf8JsonWriter writer, MetricResult metric)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(metric.Name), metric.Name);
        Write(writer, nameof(metric.Value), metric.Value);
        writer.WriteString(nameof(metric.Head), metric.Head);
        WriteArray(writer, nameof(metric.Parts), metric.Parts, static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteString(nameof(part.Name), part.Name);
            Write(writer, nameof(part.Value), part.Value);
            writer.WriteNumber(nameof(part.Count), part.Count);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static MetricResult ReadMetric(ref Utf8JsonReader reader) => ReadObject(
        ref reader,
        new MetricResult("", 0),
        static (metric, name, ref reader) => name switch
        {
            nameof(metric.Name) => metric with { Name = ReadText(ref reader) },
            nameof(metric.Value) => metric with { Value = ReadNumber(ref reader) },
            nameof(metric.Head) => metric with { Head = reader.GetString() },
            nameof(metric.Parts) => metric with { Parts = ReadArray(ref reader, ReadPart) },
            _ => PassOver(metric, ref reader),
        });

    private static MetricPart ReadPart(ref Utf8JsonReader reader) => ReadObject(
        ref reader,
        new MetricPart("", 0, 0),
        static (part, name, ref reader) => name switch
        {
            nameof(part.Name) => part with { Name = ReadText(ref reader) },
            nameof(part.Value) => part with { Value = ReadNumber(ref reader) },
            nameof(part.Count) => part with { Count = reader.GetInt64() },
            _ => PassOver(part, ref reader),
        });

    private static void Write(Utf8JsonWriter writer, ObserverPlace observer)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(observer.Key), observer.Key);
        WriteTexts(writer, nameof(observer.Texts), observer.Texts);
        WriteArray(
            writer,
            nameof(observer.Tensors),
            observer.Tensors,
            static (writer, tensor) => writer.WriteStringValue(tensor));
        writer.WriteEndObject();
    }

    private static ObserverPlace ReadObserver(ref Utf8JsonReader reader) => ReadObject(
        ref reader,
        new ObserverPlace("", [], []),
        static (observer, name, ref reader) => name switch
        {
            nameof(observer.Key) => observer with { Key = ReadText(ref reader) },
            nameof(observer.Texts) => observer with { Texts = ReadTexts(ref reader) },
            nameof(observer.Tensors) => observer with { Tensors = ReadArray(ref reader, ReadText) },
            _ => PassOver(observer, ref reader),
        });

    private static T ReadObject<T>(ref Utf8JsonReader reader, T empty, ReadProperty<T> readProperty)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "an object");
        T value = empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            value = readProperty(value, name, ref reader);
        }

        return value;
    }

    private static T PassOver<T>(T value, ref Utf8JsonReader reader)
    {
        reader.Skip();
        return value;
    }

    private static void WriteArray<T>(
        Utf8JsonWriter writer, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (T value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }

    private static ImmutableArray<T> ReadArray<T>(ref Utf8JsonReader reader, ReadValue<T> readValue)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, "a list");
        var values = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(readValue(ref reader));
        }

        return values.DrainToImmutable();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, string text) in texts)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }

    private static Dictionary<string, string> ReadTexts(ref Utf8JsonReader reader) =>
        ReadObject(ref reader, new Dictionary<string, string>(), static (texts, key, ref reader) =>
        {
            texts[key] = ReadText(ref reader);
            return texts;
        });

    private static double[] ReadSums(ref Utf8JsonReader reader) => [.. ReadArray(ref reader, ReadNumber)];

    private static string ReadText(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, "text");
        return reader.GetString()!;
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        if (value is { } number)
        {
            WriteValue(writer, number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            Write(writer, name, (double)value);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static double ReadNumber(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String
        ? reader.GetDouble()
        : reader.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new FormatException("expected a number"),
        };

    // Not by way of a double: rounding twice may end elsewhere.
    private static float ReadSingle(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : (float)ReadNumber(ref reader);

    private static double? ReadNumberOrNull(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : ReadNumber(ref reader);

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    private static TimeSpan ReadTime(ref Utf8JsonReader reader) =>
        TimeSpan.TryParseExact(reader.GetString(), "c", CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw new FormatException("expected a time");

    private static void Expect(bool isThere, string what)
    {
        if (!isThere)
        {
            throw new FormatException($"expected {what}");
        }
    }
}
