namespace ModelDsl;

/// <summary>
/// A training that can go on, as one safetensors file: the model's tensors under their own names, those of optimizer
/// and observers behind a prefix that no layer's name has, and the place as JSON in the metadata. Where the weights are
/// averaged, the model's tensors are the average, and what the training steps from stands beside them.
/// </summary>
internal static class Checkpoint
{
    private const string OptimizerPrefix = "optimizer/";
    private const string ObserverPrefix = "observer/";
    private const string OwnWeights = "training/weights";
    private const string MetricValues = "metrics/values";

    /// <summary>Writes a checkpoint; complete or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="NotSupportedException">The optimizer does not say what its state is.</exception>
    public static void Save(string path, TrainingRun run)
    {
        IModel model = run.Model;
        WeightAverage? average = run.WeightAverage;
        using AppliedAverage applied = average is { IsApplied: false } ? average.Apply() : default;
        OptimizerState optimizer = run.Optimizer.GetState();
        (string Key, ObserverState State)[] observers =
            [.. Resumable(run).Select(observer => (observer.Key, observer.Observer.SaveState()))];
        TrainingPlace place = run.SavePlace() with
        {
            ModelStep = model.TrainingStep,
            DropoutSeed = model.DropoutSeed,
            OptimizerKind = optimizer.Kind,
            OptimizerSteps = optimizer.StepCount,
            LearningRate = run.Optimizer.LearningRate,
            AverageUpdates = average?.UpdateCount,
            Observers =
            [
                .. observers.Select(observer =>
                    new ObserverPlace(observer.Key, observer.State.Texts, [.. observer.State.Tensors.Keys])),
            ],
        };
        List<(string Name, ReadOnlyMemory<float> Values)> tensors =
        [
            .. optimizer.Tensors.Select(tensor => (OptimizerPrefix + tensor.Name, tensor.Values)),
            .. from observer in observers
               from tensor in observer.State.Tensors
               select (NameOf(observer.Key, tensor.Key), (ReadOnlyMemory<float>)tensor.Value),
            .. average is null ? [] : (IEnumerable<(string, ReadOnlyMemory<float>)>)[(OwnWeights, average.Other)],
            (MetricValues, place.MetricValues),
        ];

        // A shape of no elements does not exist here, and what is empty need not be kept.
        tensors.RemoveAll(tensor => tensor.Values.IsEmpty);
        ModelFile.Save(
            path,
            model,
            new Dictionary<string, string> { [ModelFile.TrainingKey] = TrainingPlaceJson.Write(place) },
            tensors);
    }

    /// <summary>Brings a training to where a checkpoint was taken. What is damaged changes nothing.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a checkpoint of another training.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static void Load(string path, TrainingRun run)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(ModelFile.TrainingKey, out string? json))
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: expected a checkpoint of a training, got a file without its place, such as one of a "
                    + "model alone");
        }

        try
        {
            TrainingPlace place = TrainingPlaceJson.Read(json);
            Load(file, place, run);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException
            && !exception.Message.StartsWith(file.ShownPath, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file.ShownPath}: {WithoutParameter(exception)}", exception);
        }
    }

    /// <summary>The message: it is the file that is wrong, not an argument of whoever reads it.</summary>
    internal static string WithoutParameter(Exception exception)
    {
        string suffix = exception is ArgumentException { ParamName: { } name } ? $" (Parameter '{name}')" : "";
        return exception.Message.EndsWith(suffix, StringComparison.Ordinal)
            ? exception.Message[..^suffix.Length]
            : exception.Message;
    }

    private static void Load(SafetensorsFile file, TrainingPlace place, TrainingRun run)
    {
        IModel model = run.Model;
        ModelFile.Check(file, model.Description);
        var optimizer = new OptimizerState(
            place.OptimizerKind ?? "",
            place.OptimizerSteps,
            [
                .. file.Tensors
                    .Where(tensor => tensor.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
                    .Select(tensor => new OptimizerTensor(tensor.Name[OptimizerPrefix.Length..], Read(file, tensor))),
            ]);
        (IResumableObserver Observer, ObserverState State)[] observers =
        [
            .. from observer in Resumable(run)
               join saved in place.Observers on observer.Key equals saved.Key
               select (observer.Observer, StateOf(file, saved)),
        ];

        place = place with { MetricValues = file.Find(MetricValues) is { } values ? Read(file, values) : [] };

        // The model last: whatever refuses its part of the file leaves it as it was.
        run.RestorePlace(place);
        float[]? ownWeights = run.WeightAverage is null ? null : OwnWeightsOf(file, place, model);
        run.Optimizer.SetState(optimizer);
        run.Optimizer.LearningRate = place.LearningRate;
        foreach ((IResumableObserver observer, ObserverState state) in observers)
        {
            observer.RestoreState(state);
        }

        ModelFile.Read(file, model);
        (model.TrainingStep, model.DropoutSeed) = (place.ModelStep, place.DropoutSeed);
        run.WeightAverage?.Restore(ownWeights, place.AverageUpdates ?? 0);
    }

    private static float[] OwnWeightsOf(SafetensorsFile file, TrainingPlace place, IModel model)
    {
        float[] weights = file.Find(OwnWeights) is { } tensor ? Read(file, tensor) : [];
        return weights.Length == model.Parameters.Length && place.AverageUpdates >= 0
            ? weights
            : throw new InvalidDataException(Invariant(
                $"expected {model.Parameters.Length} weights beside their average, got {weights.Length}"));
    }

    private static IEnumerable<(string Key, IResumableObserver Observer)> Resumable(TrainingRun run) =>
        from observer in run.Options.Observers.OfType<IResumableObserver>()
        group observer by observer.GetType().Name into ofClass
        from numbered in ofClass.Select((observer, number) => (Key: Invariant($"{ofClass.Key}{number + 1}"), observer))
        select numbered;

    private static ObserverState StateOf(SafetensorsFile file, ObserverPlace saved) => new()
    {
        Texts = saved.Texts,
        Tensors = saved.Tensors.ToDictionary(
            name => name,
            name => file.Find(NameOf(saved.Key, name)) is { } tensor ? Read(file, tensor) : []),
    };

    private static string NameOf(string key, string tensor) => $"{ObserverPrefix}{key}/{tensor}";

    /// <summary>Reads all of a tensor.</summary>
    internal static float[] Read(SafetensorsFile file, SafetensorsTensor tensor)
    {
        if (tensor.Count > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{tensor.ShownName}: expected at most {Array.MaxLength} values, got {tensor.Count}");
        }

        float[] values = GC.AllocateUninitializedArray<float>((int)tensor.Count);
        file.Read(tensor, values);
        return values;
    }
}
