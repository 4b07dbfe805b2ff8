using System.Globalization;

namespace ModelDsl;

/// <summary>One model of a <see cref="LoopCheckpoint"/>, with what belongs to it.</summary>
/// <param name="Name">What it is called in the file.</param>
/// <param name="Model">The model.</param>
/// <param name="Optimizer">What updates it; null where nothing is kept of it.</param>
/// <param name="Average">The average of its weights; null where there is none.</param>
internal sealed record LoopModel(string Name, IModel Model, IOptimizer? Optimizer, WeightAverage? Average)
{
    private const string ModelPrefix = "model/";
    private const string ClassKey = "class";
    private const string StepKey = "trainingStep";
    private const string SeedKey = "dropoutSeed";
    private const string LossScaleKey = "lossScale";
    private const string LearningRateKey = "learningRate";
    private const string OptimizerKey = "optimizer";
    private const string AverageKey = "average";
    private const string StepsSuffix = "Steps";

    /// <summary>The names of the models in a file.</summary>
    public static IEnumerable<string> NamesIn(SafetensorsFile file) =>
        from key in file.Metadata.Keys
        where key.StartsWith(ModelPrefix, StringComparison.Ordinal)
            && key.EndsWith($"{ModelFile.PrefixEnd}{ClassKey}", StringComparison.Ordinal)
        select key[ModelPrefix.Length..^(ClassKey.Length + 1)];

    /// <summary>Reads a number of a file's metadata.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static T Number<T>(IReadOnlyDictionary<string, string> metadata, string key)
        where T : IParsable<T> =>
        metadata.TryGetValue(key, out string? text) && T.TryParse(text, CultureInfo.InvariantCulture, out T? number)
            ? number
            : throw new InvalidDataException(
                $"expected a number as {PrintableText.Name(key)}, got {PrintableText.Name(text ?? "none")}");

    /// <summary>Adds what a file is to have of the model.</summary>
    public void Describe(Dictionary<string, string> metadata, List<LoopTensor> tensors)
    {
        metadata.Add(Key(ClassKey), Model.Description.Name);
        metadata.Add(Key(StepKey), Invariant($"{Model.TrainingStep}"));
        metadata.Add(Key(SeedKey), Invariant($"{Model.DropoutSeed}"));
        metadata.Add(Key(LossScaleKey), Invariant($"{Model.LossScale:R}"));
        tensors.AddRange(Model.Description.Parameters.Select(parameter =>
            new LoopTensor(TensorName(parameter.Name), parameter.Shape, Model, parameter.Offset, Values: default)));
        if (Optimizer is not null)
        {
            metadata.Add(Key(LearningRateKey), Invariant($"{Optimizer.LearningRate:R}"));
        }

        Describe(OptimizerKey, Optimizer?.GetState(), metadata, tensors);
        Describe(AverageKey, Average?.GetState(), metadata, tensors);
    }

    /// <summary>Reads and checks what a file has of the model, and changes nothing.</summary>
    /// <exception cref="InvalidDataException">The file is one of another model.</exception>
    public LoopModelState Read(SafetensorsFile file)
    {
        ModelDescription description = Model.Description;
        if (file.Metadata[Key(ClassKey)] is var @class && @class != description.Name)
        {
            throw new InvalidDataException(
                $"expected {PrintableText.Name(Name)} of the class {description.Name}, got one of "
                    + PrintableText.Name(@class));
        }

        float[] parameters = new float[Model.Parameters.Length];
        foreach (ParameterDescription parameter in description.Parameters)
        {
            SafetensorsTensor tensor = file.Find(TensorName(parameter.Name))
                ?? throw ModelFile.Missing(file, description, parameter, TensorName(parameter.Name));
            ModelFile.CheckTensor(file, description, parameter, tensor);
            file.Read(tensor, parameters.AsSpan(parameter.Offset, parameter.Shape.Count));
        }

        OptimizerState? optimizer = ReadState(file, OptimizerKey, Optimizer is not null);
        return new LoopModelState(
            parameters,
            Number<long>(file.Metadata, Key(StepKey)),
            Number<ulong>(file.Metadata, Key(SeedKey)),
            Number<float>(file.Metadata, Key(LossScaleKey)),
            Optimizer is null ? 0f : Number<float>(file.Metadata, Key(LearningRateKey)),
            optimizer,
            ReadState(file, AverageKey, Average is not null));
    }

    /// <summary>Where the model is now, as a copy.</summary>
    public LoopModelState Copy() => new(
        Model.Parameters.ToArray(),
        Model.TrainingStep,
        Model.DropoutSeed,
        Model.LossScale,
        Optimizer?.LearningRate ?? 0f,
        Copy(Optimizer?.GetState()),
        Copy(Average?.GetState()));

    /// <summary>Brings the model to where it was.</summary>
    /// <exception cref="ArgumentException">The state is one of another optimizer.</exception>
    public void Take(LoopModelState state)
    {
        using ModelHold hold = Model.Hold(ModelAccess.Change);
        if (Optimizer is not null)
        {
            Optimizer.SetState(state.Optimizer!);
            Optimizer.LearningRate = state.LearningRate;
        }

        Average?.SetState(state.Average!);
        state.Parameters.CopyTo(Model.Parameters);
        Model.TrainingStep = state.TrainingStep;
        Model.DropoutSeed = state.DropoutSeed;
        Model.LossScale = state.LossScale;
    }

    private static OptimizerState? Copy(OptimizerState? state) => state is null ? null : state with
    {
        Tensors = [.. state.Tensors.Select(tensor => tensor with { Values = tensor.Values.ToArray() })],
    };

    private void Describe(
        string part, OptimizerState? state, Dictionary<string, string> metadata, List<LoopTensor> tensors)
    {
        if (state is null)
        {
            return;
        }

        metadata.Add(Key(part), state.Kind);
        metadata.Add(Key(part + StepsSuffix), Invariant($"{state.StepCount}"));

        // A shape of no elements does not exist here, and what is empty need not be kept.
        tensors.AddRange(
            from tensor in state.Tensors
            where !tensor.Values.IsEmpty
            let shape = new Shape(tensor.Values.Length)
            select new LoopTensor(TensorName(part, tensor.Name), shape, Model: null, Offset: 0, tensor.Values));
    }

    private OptimizerState? ReadState(SafetensorsFile file, string part, bool isExpected)
    {
        string? kind = file.Metadata.GetValueOrDefault(Key(part));
        if (kind is not null != isExpected)
        {
            (string expected, string actual) = isExpected ? ("an", "none") : ("no", "one");
            throw new InvalidDataException(
                $"expected {expected} {part} of {PrintableText.Name(Name)}, got {actual}");
        }

        string prefix = TensorName(part, "");
        return kind is null ? null : new OptimizerState(
            kind,
            Number<long>(file.Metadata, Key(part + StepsSuffix)),
            [
                .. file.Tensors
                    .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(tensor => new OptimizerTensor(tensor.Name[prefix.Length..], Checkpoint.Read(file, tensor))),
            ]);
    }

    private string Key(string what) => $"{ModelPrefix}{Name}{ModelFile.PrefixEnd}{what}";

    private string TensorName(params ReadOnlySpan<string> parts) =>
        $"{Name}{ModelFile.PrefixEnd}{string.Join(ModelFile.PrefixEnd, parts)}";
}

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Model">The model whose parameter it is; null where its values are given.</param>
/// <param name="Offset">Where it begins in the model's parameters.</param>
/// <param name="Values">The values of what is no parameter.</param>
internal sealed record LoopTensor(string Name, Shape Shape, IModel? Model, int Offset, ReadOnlyMemory<float> Values)
{
    /// <summary>Writes the values.</summary>
    public void Write(SafetensorsWriter writer)
    {
        if (Model is null)
        {
            writer.Write(Values.Span);
            return;
        }

        using ModelHold hold = Model.Hold(ModelAccess.Read);
        writer.Write(Model.Parameters.Slice(Offset, Shape.Count));
    }
}

/// <summary>Where one model is, with what belongs to it.</summary>
internal sealed record LoopModelState(
    float[] Parameters,
    long TrainingStep,
    ulong DropoutSeed,
    float LossScale,
    float LearningRate,
    OptimizerState? Optimizer,
    OptimizerState? Average);
