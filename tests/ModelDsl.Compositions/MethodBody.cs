using System.Text;

namespace ModelDsl.Compositions;

/// <summary>
/// A forward method that is being drawn: its parameters, its statements, and the tensors that have names.
/// </summary>
/// <param name="inputs">What flows in, with the names.</param>
internal sealed class MethodBody(params (string Name, SampleShape Shape)[] inputs)
{
    private readonly StringBuilder _statements = new();
    private readonly List<string> _parameters = [.. inputs.Select(input => $"Tensor {input.Name}")];
    private readonly List<(string Name, SampleShape Shape)> _locals = [.. inputs];
    private readonly HashSet<string> _unread = [.. inputs.Select(input => input.Name)];
    private readonly HashSet<string> _helpers = [];
    private int _names;

    /// <summary>The tensors that have names, in the order in which they came.</summary>
    public IReadOnlyList<(string Name, SampleShape Shape)> Locals => _locals;

    /// <summary>Those that nothing uses yet. The compiler warns of tensors that lead to no result.</summary>
    public IEnumerable<(string Name, SampleShape Shape)> Unread => _locals.Where(local => _unread.Contains(local.Name));

    /// <summary>A name that nothing has yet.</summary>
    public string NextName(string prefix) => FormattableString.Invariant($"{prefix}{++_names}");

    /// <summary>Notes that a tensor is used.</summary>
    public void Read(string name) => _unread.Remove(name);

    /// <summary>Declares a tensor of a name.</summary>
    public void Declare(string name, SampleShape shape)
    {
        _locals.Add((name, shape));
        _unread.Add(name);
    }

    /// <summary>Adds a statement.</summary>
    public void Add(string statement) => _statements.Append("        ").Append(statement).Append('\n');

    /// <summary>Adds a parameter that is trained.</summary>
    public void AddParameter(string declaration) => _parameters.Add(declaration);

    /// <summary>Adds a method beside this one, once.</summary>
    public void AddHelper(string method) => _helpers.Add(method);

    /// <summary>The members of the class.</summary>
    /// <param name="result">What the method returns.</param>
    public string Members(string result)
    {
        string helpers = string.Concat(_helpers.Select(helper => $"    {helper}\n"));
        return $"{helpers}    private static Tensor Forward({string.Join(", ", _parameters)})\n    {{\n{_statements}"
            + $"        return {result};\n    }}\n";
    }
}
