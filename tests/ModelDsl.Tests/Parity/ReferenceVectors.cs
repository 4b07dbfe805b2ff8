namespace ModelDsl.Tests.Parity;

/// <summary>
/// What libtorch computed for one model, as bench/ModelDsl.ReferenceVectors wrote it: see its <c>ModelVectors</c> for the
/// names.
/// </summary>
internal sealed class ReferenceVectors
{
    private readonly Dictionary<string, float[]> _tensors = [];

    private ReferenceVectors(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            float[] values = new float[tensor.Count];
            file.Read(tensor, values);
            _tensors.Add(tensor.Name, values);
        }
    }

    /// <summary>The names of the models that have vectors.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The kinds of targets that the vectors have.</summary>
    public IEnumerable<string> TargetKinds => ((string[])["labels", "values", "heads", "none"]).Where(Has);

    /// <summary>A tensor's values.</summary>
    public float[] this[string name] => _tensors[name];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Parity", "vectors");

    /// <summary>The vectors of a model.</summary>
    public static ReferenceVectors Open(string model) => new(Path.Combine(Folder, $"{model}.safetensors"));

    /// <summary>Whether a model has vectors of a name; those of a group end with a point.</summary>
    public bool Has(string name) =>
        name.EndsWith('.') ? _tensors.Keys.Any(key => key.StartsWith(name, StringComparison.Ordinal)) : _tensors.ContainsKey(name);

    /// <summary>The targets of a kind.</summary>
    public Targets TargetsOf(string kind) => kind switch
    {
        "labels" => (int[])[.. this[kind].Select(label => (int)label)],
        "values" => this[kind],
        "heads" => new Targets(
            Find("heads.labels").Select(label => (int)label).ToArray(), Find("heads.values")),
        _ => default,
    };

    private float[] Find(string name) => _tensors.GetValueOrDefault(name, []);

    /// <summary>A new model with the parameters that libtorch began with.</summary>
    public IModel CreateModel(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 1);
        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            this[$"parameters.{parameter.Name}"].CopyTo(model.Parameters.Slice(parameter.Offset, parameter.Shape.Count));
        }

        return model;
    }
}
