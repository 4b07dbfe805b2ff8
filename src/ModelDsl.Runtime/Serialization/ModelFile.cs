namespace ModelDsl;

/// <summary>Keeps the parameters of models in safetensors files, which other frameworks read and write too.</summary>
public static class ModelFile
{
    /// <summary>The metadata's key of a file that keeps a whole training, a checkpoint.</summary>
    internal const string TrainingKey = "training";

    /// <summary>
    /// Ends the prefix of a checkpoint's tensors that are not the model's. No name of a layer has it.
    /// </summary>
    internal const char PrefixEnd = '/';

    /// <summary>Saves all parameters as F32, under the names and shapes of the model's description.</summary>
    /// <param name="path">The file to write; an existing one is replaced. It appears complete or not at all.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training or loading the model.</exception>
    /// <remarks>
    /// A symbolic link is followed: the file that it points to is replaced. The new file has the mode of the old one,
    /// even while it is written; its owner is the user who writes it.
    /// </remarks>
    public static void Save(string path, IInferenceModel model) =>
        Save(path, model, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Saves all parameters as F32, and text about the model, such as how its inputs are normalised.</summary>
    /// <param name="path">The file to write; an existing one is replaced. It appears complete or not at all.</param>
    /// <param name="model">The model.</param>
    /// <param name="metadata">
    /// Text by key, beside what the format has of its own: <c>format</c> and <c>model</c>.
    /// <see cref="SafetensorsFile.Metadata"/> has it again.
    /// </param>
    /// <exception cref="ArgumentException">A key is one of the two, or is null or not Unicode, or a text
    /// is.</exception>
    /// <inheritdoc cref="Save(string, IInferenceModel)" path="/exception|/remarks"/>
    public static void Save(string path, IInferenceModel model, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(metadata);
        Save(path, model, metadata, more: []);
    }

    /// <summary>Saves all parameters, and behind them tensors that are not the model's.</summary>
    internal static void Save(
        string path,
        IInferenceModel model,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, ReadOnlyMemory<float> Values)> more)
    {
        using ModelHold hold = model.Hold(ModelAccess.Read);
        ModelDescription description = model.Description;
        ReadOnlySpan<float> parameters = model.Parameters;
        SafetensorsHeader header = SafetensorsWriter.Describe(
            [
                .. description.Parameters.Select(static parameter => ((string?)parameter.Name, parameter.Shape)),
                .. more.Select(static tensor => ((string?)tensor.Name, new Shape(tensor.Values.Length))),
            ],
            WithOwn(metadata, description));
        using var writer = new SafetensorsWriter(path, header);
        foreach (ParameterDescription parameter in description.Parameters)
        {
            writer.Write(parameters.Slice(parameter.Offset, parameter.Shape.Count));
        }

        foreach ((_, ReadOnlyMemory<float> values) in more)
        {
            writer.Write(values.Span);
        }

        writer.Commit();
    }

    /// <summary>
    /// Loads all parameters from a file whose tensors have the model's names and shapes, as F32, F64, F16 or BF16. All
    /// are compared before the first is read, so that a file of another model changes nothing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="maxHeaderBytes">The most bytes of a header to take memory for; a longer one is refused.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another architecture: the message
    /// names the tensor and both shapes.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read, or is a folder, a pipe or a
    /// device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidOperationException">The model is in use, by another thread or further up the
    /// stack.</exception>
    public static void Load(string path, IInferenceModel model, int maxHeaderBytes = SafetensorsFile.MaxHeaderBytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        using SafetensorsFile file = SafetensorsFile.Open(path, maxHeaderBytes);
        Check(file, model.Description);
        using ModelHold hold = model.Hold(ModelAccess.Change);
        Read(file, model);
    }

    /// <summary>
    /// Checks that a file has the tensors of a model, and no others but those that a checkpoint adds.
    /// </summary>
    /// <exception cref="InvalidDataException">It has not.</exception>
    internal static void Check(SafetensorsFile file, ModelDescription description)
    {
        foreach (ParameterDescription parameter in description.Parameters)
        {
            SafetensorsTensor tensor = file.Find(parameter.Name)
                ?? throw Missing(file, description, parameter, parameter.Name);
            CheckTensor(file, description, parameter, tensor);
        }

        CheckNothingLeft(file, description);
    }

    /// <summary>Reads a model's tensors from a file that <see cref="Check"/> has checked.</summary>
    internal static void Read(SafetensorsFile file, IInferenceModel model)
    {
        Span<float> parameters = model.Parameters;
        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            file.Read(file.Find(parameter.Name)!, parameters.Slice(parameter.Offset, parameter.Shape.Count));
        }
    }

    /// <summary>
    /// Loads some of the parameters from a file, as <see cref="Load"/> does, under the names that a map gives: weights
    /// of another model that has layers in common, for fine-tuning. What the map does not name stays as it is. All
    /// tensors are compared and read before the first is changed, so that a load that fails changes nothing. Optimizers
    /// keep their state: start a new one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="map">Which tensors, and their names in the file.</param>
    /// <param name="maxHeaderBytes">The most bytes of a header to take memory for; a longer one is refused.</param>
    /// <returns>What was taken, left and missing.</returns>
    /// <exception cref="ArgumentException">A path of the map stands for nothing in the model.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, a tensor of a strict map is missing, or a tensor has
    /// another shape: the message names the tensor and both shapes.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read, or is a folder, a pipe or a
    /// device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidOperationException">The model is in use, by another thread or further up the
    /// stack.</exception>
    public static WeightsReport LoadInto(
        string path, IInferenceModel model, WeightMap map, int maxHeaderBytes = SafetensorsFile.MaxHeaderBytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        using SafetensorsFile file = SafetensorsFile.Open(path, maxHeaderBytes);
        ModelDescription description = model.Description;
        var transfer = WeightTransfer<SafetensorsTensor>.Match(
            map,
            description,
            file.Tensors.Select(tensor => tensor.Name),
            file.Find,
            (parameter, tensor) => CheckTensor(file, description, parameter, tensor),
            (parameter, name) => Missing(file, description, parameter, name));

        // A file that ends, or a disk that fails, in the middle leaves the model as it was.
        float[][] values = [.. transfer.Taken.Select(pair =>
        {
            float[] read = new float[pair.Parameter.Shape.Count];
            file.Read(pair.Tensor, read);
            return read;
        })];
        using ModelHold hold = model.Hold(ModelAccess.Change);
        Span<float> parameters = model.Parameters;
        for (int i = 0; i < values.Length; i++)
        {
            values[i].CopyTo(parameters[transfer.Taken[i].Parameter.Offset..]);
        }

        return transfer.Report;
    }

    private static Dictionary<string, string> WithOwn(
        IReadOnlyDictionary<string, string> metadata, ModelDescription description)
    {
        var all = new Dictionary<string, string> { ["format"] = "pt", ["model"] = description.Name };
        foreach ((string? key, string? text) in metadata)
        {
            if (key is null || !all.TryAdd(key, text))
            {
                throw new ArgumentException(
                    $"expected keys other than format and model, got {(key is null ? "null" : PrintableText.Name(key))}", nameof(metadata));
            }
        }

        return all;
    }

    /// <summary>What is wrong with a file that lacks a tensor.</summary>
    internal static InvalidDataException Missing(
        SafetensorsFile file, ModelDescription description, ParameterDescription parameter, string name) =>
        new(
            $"{file.ShownPath}: expected a tensor {PrintableText.Escape(name)} ({parameter.Shape}) for "
                + $"{description.Name}, but the file has none of that name");

    /// <summary>Checks that a tensor is one of a parameter.</summary>
    /// <exception cref="InvalidDataException">It has another shape, or a type that cannot be read.</exception>
    internal static void CheckTensor(
        SafetensorsFile file, ModelDescription description, ParameterDescription parameter, SafetensorsTensor tensor)
    {
        if (!tensor.HasShape(parameter.Shape))
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: expected {tensor.ShownName} of {parameter.Shape} for {description.Name}, "
                    + $"got {tensor.ShownShape}");
        }

        if (!SafetensorsElementTypes.IsReadable(tensor.ElementType))
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: {tensor.ShownName}: expected F32, F64, F16 or BF16, got {tensor.ElementType}");
        }
    }

    private static void CheckNothingLeft(SafetensorsFile file, ModelDescription description)
    {
        if (file.Tensors.Length == description.Parameters.Length)
        {
            return;
        }

        bool isCheckpoint = file.Metadata.ContainsKey(TrainingKey);
        HashSet<string> known = [.. description.Parameters.Select(parameter => parameter.Name)];
        SafetensorsTensor? extra = file.Tensors.FirstOrDefault(
            tensor => !known.Contains(tensor.Name) && !(isCheckpoint && tensor.Name.Contains(PrefixEnd)));
        if (extra is not null)
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: expected the {description.Parameters.Length} tensors of {description.Name}, got "
                    + $"{file.Tensors.Length}, among them {extra.ShownName} ({extra.ShownShape})");
        }
    }
}
