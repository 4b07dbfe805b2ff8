namespace ModelDsl.Runtime.Tests.Training;

public sealed class TrainingPlaceJsonTests
{
    private static readonly double[] Special =
        [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];

    private static readonly Gen<double> Number =
        Gen.OneOf(Gen.Double, Gen.Int[0, Special.Length - 1].Select(i => Special[i]));

    private static readonly Gen<double?> NumberOrNull = Gen.Nullable(Number);

    private static readonly Gen<TimeSpan> Time = Gen.Long.Select(ticks => new TimeSpan(ticks));

    private static readonly Gen<HeadResult> Head =
        Gen.Select(Gen.String, Number, NumberOrNull, NumberOrNull)
            .Select((name, loss, accuracy, error) => new HeadResult(name, loss, accuracy, null, error));

    private static readonly Gen<MetricResult> OneMetric =
        Gen.Select(
            Gen.String, Number, Gen.Null(Gen.String), Gen.Select(Gen.String, Number, Gen.Long).Array[0, 3])
            .Select((name, value, head, parts) => new MetricResult(name, value)
            {
                Head = head,
                Parts = [.. parts.Select(part => new MetricPart(part.Item1, part.Item2, part.Item3))],
            });

    private static readonly Gen<EpochResult> Epoch =
        Gen.Select(
            Gen.Select(Gen.Int, Number, NumberOrNull, NumberOrNull, NumberOrNull),
            Gen.Select(Time, Time, Number, Gen.Long),
            Gen.Select(Head.Array[0, 3], Head.Array[0, 3], OneMetric.Array[0, 3], OneMetric.Array[0, 3]))
            .Select((figures, times, lists) => new EpochResult(
                figures.Item1,
                figures.Item2,
                figures.Item3,
                figures.Item4,
                figures.Item5,
                times.Item1,
                times.Item2,
                times.Item3)
            {
                Step = times.Item4,
                Heads = [.. lists.Item1],
                ValidationHeads = [.. lists.Item2],
                Metrics = [.. lists.Item3],
                ValidationMetrics = [.. lists.Item4],
            });

    private static readonly Gen<(string, string)[]> Texts =
        Gen.Select(Gen.String, Gen.String).Array[0, 3].Select(texts => texts.DistinctBy(text => text.Item1).ToArray());

    private static readonly Gen<ObserverPlace> Observer =
        Gen.Select(Gen.String, Texts, Gen.String.Array[0, 3])
            .Select((key, texts, tensors) => new ObserverPlace(key, texts.ToDictionary(), [.. tensors]));

    private static readonly Gen<TrainingPlace> Place =
        Gen.Select(
            Gen.Select(Texts, Gen.Long, Gen.Int, Gen.Int, Gen.Bool, Time, Gen.Null(Gen.String)),
            Gen.Select(Number.Array[0, 3].Array[0, 3], Gen.String.Array[0, 3], Epoch.Array[0, 3], Gen.Long, Gen.ULong),
            Gen.Select(Gen.Null(Gen.String), Gen.Long, Gen.Float, Observer.Array[0, 3], Gen.Nullable(Gen.Long)))
            .Select((first, second, third) => new TrainingPlace
            {
                Options = new(first.Item1.ToDictionary()),
                Step = first.Item2,
                Epoch = first.Item3,
                Batch = first.Item4,
                IsEpochOpen = first.Item5,
                TrainingTime = first.Item6,
                StopMessage = first.Item7,
                Sums = second.Item1,
                Metrics = [.. second.Item2],
                Epochs = [.. second.Item3],
                ModelStep = second.Item4,
                DropoutSeed = second.Item5,
                OptimizerKind = third.Item1,
                OptimizerSteps = third.Item2,
                LearningRate = third.Item3,
                Observers = [.. third.Item4],
                AverageUpdates = third.Item5,
            });

    // What every place has; the rest may be missing.
    private const string Least =
        """
        {"Options":{},"Step":3,"Epoch":1,"Batch":3,"IsEpochOpen":true,"TrainingTime":"00:00:01","StopMessage":null,
        "Sums":[[0,1e400,"NaN"]],"Epochs":[],"New":{"a":[1,{}]}}
        """;

    [Fact]
    public void What_is_written_is_read_again_to_the_last_bit() => Place.Sample(
        place =>
        {
            string json = TrainingPlaceJson.Write(place);
            TrainingPlace read = TrainingPlaceJson.Read(json);

            // Text of the same bits; halves of surrogate pairs are the same replacement already.
            Assert.Equal(json, TrainingPlaceJson.Write(read));
            Assert.Equal(place.Sums, read.Sums);
            Assert.Equal(place.LearningRate, read.LearningRate);
            Assert.Equal(place.TrainingTime, read.TrainingTime);
            Assert.Equal(place.Epochs.Select(epoch => epoch.Loss), read.Epochs.Select(epoch => epoch.Loss));
        },
        iter: 300);

    // A property that the reader and the writer both forget would pass a test that writes and reads.
    [Fact]
    public void Every_property_of_every_record_is_written()
    {
        var head = new HeadResult("a", 1, 1, null, 1);
        var metric = new MetricResult("a", 1) { Head = "a", Parts = [new MetricPart("a", 1, 1)] };
        var epoch =
            new EpochResult(1, 1, 1, 1, 1, TimeSpan.Zero, TimeSpan.Zero, 1) { Heads = [head], Metrics = [metric] };
        TrainingPlace place = TrainingPlaceJson.Read(Least) with
        {
            Epochs = [epoch],
            OptimizerKind = "a",
            AverageUpdates = 1,
            LossScale = 1,
            Observers = [new ObserverPlace("a", [], [])],
        };
        string json = TrainingPlaceJson.Write(place);

        // Matrices of classes are left out on purpose; they are as large as the square of the classes. What metrics
        // keep of each sample is a tensor.
        foreach (string name in (IEnumerable<string>)
            [.. Names(place), .. Names(epoch), .. Names(head), .. Names(metric), .. Names(metric.Parts[0]), .. Names(place.Observers[0])])
        {
            Assert.Equal(
                name is not ("Confusion" or "MetricValues"), json.Contains($"\"{name}\":", StringComparison.Ordinal));
        }

        static IEnumerable<string> Names(object record) =>
            from property in record.GetType().GetProperties()
            where property.CanWrite
            select property.Name;
    }

    [Fact]
    public void What_is_not_known_is_passed_over_and_what_must_be_there_is_asked_for()
    {
        TrainingPlace place = TrainingPlaceJson.Read(Least);
        Assert.Equal((3L, 1, 3, true), (place.Step, place.Epoch, place.Batch, place.IsEpochOpen));
        Assert.Equal([0, double.PositiveInfinity, double.NaN], place.Sums[0]);
        Assert.Equal(TimeSpan.FromSeconds(1), place.TrainingTime);
        foreach (string name in (string[])["Options", "Step", "Batch", "TrainingTime", "StopMessage", "Sums", "Epochs"])
        {
            string without = Least.Replace($"\"{name}\"", "\"Other\"", StringComparison.Ordinal);
            Assert.Equal(
                $"expected the place of a training, got one without {name}",
                Assert.Throws<InvalidDataException>(() => TrainingPlaceJson.Read(without)).Message);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData(Least + "{}")]
    [InlineData(Least + ",")]
    [InlineData("""{"Step":1.5}""")]
    [InlineData("""{"Step":"1"}""")]
    [InlineData("""{"Epoch":3000000000}""")]
    [InlineData("""{"IsEpochOpen":1}""")]
    [InlineData("""{"Options":null}""")]
    [InlineData("""{"Options":{"a":null}}""")]
    [InlineData("""{"Sums":[[null]]}""")]
    [InlineData("""{"Sums":["x"]}""")]
    [InlineData("""{"Sums":[["Inf"]]}""")]
    [InlineData("""{"TrainingTime":null}""")]
    [InlineData("""{"TrainingTime":"a day"}""")]
    [InlineData("""{"Epochs":[null]}""")]
    [InlineData("""{"Epochs":[{"Heads":[{"Name":null}]}]}""")]
    [InlineData("""{"Observers":[{"Key":1}]}""")]
    public void Something_else_is_refused(string json) =>
        Assert.StartsWith(
            "expected the place of a training, got something else: ",
            Assert.Throws<InvalidDataException>(() => TrainingPlaceJson.Read(json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Text_that_was_changed_anywhere_is_refused_or_read_and_never_another_error()
    {
        Gen.Select(Place, Gen.Int[0, 1 << 20], Gen.Char[' ', '~']).Sample(
            (place, at, character) =>
            {
                char[] json = TrainingPlaceJson.Write(place).ToCharArray();
                json[at % json.Length] = character;
                try
                {
                    TrainingPlaceJson.Read(new string(json));
                }
                catch (InvalidDataException)
                {
                }
            },
            iter: 1000);
    }
}
