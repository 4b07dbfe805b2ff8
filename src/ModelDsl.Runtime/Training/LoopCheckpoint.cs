using System.Globalization;

namespace ModelDsl;

/// <summary>
/// Saves a training loop of one's own, with one model or several, as one safetensors file from which it goes on with
/// the same bits. Where <c>Fit</c> trains, <see cref="ModelCheckpoint"/> does that. As TensorFlow's
/// <c>tf.train.Checkpoint</c>.
/// </summary>
/// <remarks>
/// <para>Of each model the file has the parameters, with running statistics and frozen tensors, the training step, and
/// what dropout draws its masks from; of its optimizer the state and the learning rate; of the average of its weights
/// all. A loop that shuffles, or draws random numbers, draws them from a seed and the number of its step or epoch: then
/// <see cref="Numbers"/> has the rest. The tensors are called <c>generator/dense1.weight</c>,
/// <c>generator/optimizer/firstMoment</c> and <c>generator/average/average</c> where the model was added as
/// <c>generator</c>.</para>
/// <code>
/// var checkpoint = new LoopCheckpoint();
/// checkpoint.Add("generator", generator, generatorOptimizer);
/// checkpoint.Add("discriminator", discriminator, discriminatorOptimizer);
/// if (File.Exists("gan.safetensors"))
/// {
///     checkpoint.Load("gan.safetensors");
/// }
///
/// for (int step = (int)checkpoint.Numbers.GetValueOrDefault("step"); step &lt; steps; step++)
/// {
///     TrainBoth(step);
///     checkpoint.Numbers["step"] = step + 1;
///     checkpoint.Save("gan.safetensors");
/// }
/// </code>
/// </remarks>
public sealed class LoopCheckpoint
{
    private const string VersionKey = "loop";
    private const string Version = "1";
    private const string NumberPrefix = "number/";
    private const string SettingPrefix = "setting/";

    private readonly List<LoopModel> _models = [];

    /// <summary>
    /// Where the loop is, and what it has counted, by name: set them before <see cref="Save"/>; <see cref="Load"/>
    /// replaces them by those of the file. All digits are kept; whole numbers are exact up to 2⁵³.
    /// </summary>
    public Dictionary<string, double> Numbers { get; } = [];

    /// <summary>
    /// What the loop depends on and does not change, such as the size of its batches, as text by name:
    /// <see cref="Load"/> refuses a file with others.
    /// </summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Adds a model, in any order, before the first <see cref="Save"/> or <see cref="Load"/>.</summary>
    /// <param name="name">What it is called in the file, and in messages; without a slash.</param>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">What updates it, if its state is to be kept. It is attached to the model.</param>
    /// <param name="average">The average of its weights, if there is one.</param>
    /// <exception cref="ArgumentException">The name is empty, has a slash or is taken; or the optimizer is another
    /// model's.</exception>
    public void Add(string name, IModel model, IOptimizer? optimizer = null, WeightAverage? average = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        if (name.Contains(ModelFile.PrefixEnd) || _models.Exists(other => other.Name == name))
        {
            throw new ArgumentException(
                $"expected a name without a slash that no other model has, got {PrintableText.Name(name)}",
                nameof(name));
        }

        optimizer?.Attach(model);
        _models.Add(new LoopModel(name, model, optimizer, average));
    }

    /// <summary>Writes the file. It appears complete or not at all; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    /// <exception cref="NotSupportedException">An optimizer does not say what its state is.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training a model, or one has the average of its
    /// weights at the moment.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [VersionKey] = Version };
        foreach ((string name, double number) in Numbers)
        {
            metadata.Add(NumberPrefix + name, number.ToString("R", CultureInfo.InvariantCulture));
        }

        foreach ((string name, string setting) in Settings)
        {
            metadata.Add(SettingPrefix + name, setting);
        }

        List<LoopTensor> tensors = [];
        foreach (LoopModel model in _models)
        {
            model.Describe(metadata, tensors);
        }

        using var writer = new SafetensorsWriter(
            path, SafetensorsWriter.Describe(tensors.Select(tensor => ((string?)tensor.Name, tensor.Shape)), metadata));
        foreach (LoopTensor tensor in tensors)
        {
            tensor.Write(writer);
        }

        writer.Commit();
    }

    /// <summary>Brings models, optimizers, averages and <see cref="Numbers"/> to where the file was written.</summary>
    /// <remarks>All of the file is read and compared first: one that is refused changes nothing.</remarks>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to other models, other optimizers or
    /// other <see cref="Settings"/>: the message names what differs.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read, or is a folder, a pipe or a
    /// device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidOperationException">Another caller is using a model, or one has the average of its
    /// weights at the moment.</exception>
    public void Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(VersionKey) != Version)
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: expected a checkpoint of {nameof(LoopCheckpoint)}, "
                    + "got another file, such as one of a model alone or of Fit");
        }

        try
        {
            CheckNames(file);
            CheckSettings(file);
            KeyValuePair<string, double>[] numbers =
            [
                .. from entry in file.Metadata
                   where entry.Key.StartsWith(NumberPrefix, StringComparison.Ordinal)
                   let name = entry.Key[NumberPrefix.Length..]
                   select KeyValuePair.Create(name, LoopModel.Number<double>(file.Metadata, entry.Key)),
            ];
            Take([.. _models.Select(model => model.Read(file))]);
            Numbers.Clear();
            foreach ((string name, double number) in numbers)
            {
                Numbers.Add(name, number);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException
            && !exception.Message.StartsWith(file.ShownPath, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file.ShownPath}: {Checkpoint.WithoutParameter(exception)}", exception);
        }
    }

    // A state that one of them refuses leaves none of them changed.
    private void Take(LoopModelState[] states)
    {
        LoopModelState[] before = [.. _models.Select(model => model.Copy())];
        int taken = 0;
        try
        {
            foreach (LoopModelState state in states)
            {
                _models[taken++].Take(state);
            }
        }
        catch
        {
            // The one that refused comes last: it may do so again.
            for (int i = 0; i < taken; i++)
            {
                _models[i].Take(before[i]);
            }

            throw;
        }
    }

    private void CheckNames(SafetensorsFile file)
    {
        IEnumerable<string> saved = LoopModel.NamesIn(file).Order(StringComparer.Ordinal);
        IEnumerable<string> added = _models.Select(model => model.Name).Order(StringComparer.Ordinal);
        if (!saved.SequenceEqual(added))
        {
            throw new InvalidDataException($"expected a checkpoint of {List(added)}, got one of {List(saved)}");
        }

        static string List(IEnumerable<string> names) =>
            string.Join(", ", names.Select(PrintableText.Name)) is { Length: > 0 } list ? list : "no model";
    }

    private void CheckSettings(SafetensorsFile file)
    {
        IEnumerable<string> saved = file.Metadata.Keys
            .Where(key => key.StartsWith(SettingPrefix, StringComparison.Ordinal))
            .Select(key => key[SettingPrefix.Length..]);
        foreach (string name in Settings.Keys.Union(saved).Order(StringComparer.Ordinal))
        {
            string expected = file.Metadata.GetValueOrDefault(SettingPrefix + name) ?? "none";
            string actual = Settings.GetValueOrDefault(name) ?? "none";
            if (actual != expected)
            {
                throw new InvalidDataException(
                    $"{PrintableText.Name(name)}: expected {PrintableText.Escape(expected)}, with which the training "
                        + $"began, got {PrintableText.Escape(actual)}");
            }
        }
    }
}
