namespace ModelDsl;

/// <summary>
/// What an optimizer remembers from step to step, as data: what a checkpoint keeps of it. Settings, such as the
/// learning rate, are not part of it: the program that continues a training creates the optimizer with them.
/// </summary>
/// <param name="Kind">The optimizer's class, such as <c>Adam</c>.</param>
/// <param name="StepCount">The number of steps taken, at least 0.</param>
/// <param name="Tensors">
/// What it remembers of each parameter, such as running means: laid out like <see cref="IModel.TrainableParameters"/>,
/// unless the optimizer's documentation says otherwise. Empty before the first step, and where nothing is remembered.
/// </param>
public sealed record OptimizerState(string Kind, long StepCount, ImmutableArray<OptimizerTensor> Tensors);

/// <summary>One number for each parameter, or each row or column of them, that an optimizer remembers.</summary>
/// <param name="Name">What it is, such as <c>firstMoment</c>. Unique within a state.</param>
/// <param name="Values">
/// The values. In what <see cref="IOptimizer.GetState"/> returns they are the optimizer's own memory, not a copy: its
/// next step changes them.
/// </param>
public sealed record OptimizerTensor(string Name, ReadOnlyMemory<float> Values);

/// <summary>The memory behind an <see cref="OptimizerState"/>: one contiguous piece for each tensor, all zero at
/// first.</summary>
internal sealed class OptimizerMemory
{
    private string[] _names = [];
    private AlignedMemory[] _tensors = [];
    private bool _isTaken;
    private bool _fitsModel;

    /// <summary>One of the tensors; empty where there are fewer.</summary>
    public FloatSpan this[int index] => index < _tensors.Length ? _tensors[index].FloatSpan : default;

    /// <summary>Takes memory, unless it is there already; then checks its lengths.</summary>
    /// <param name="names">The tensors' names.</param>
    /// <param name="lengthOf">The length of each.</param>
    /// <param name="initial">What each value is before the first step.</param>
    /// <exception cref="ArgumentException">What was taken from a state has other lengths.</exception>
    public void Prepare(string[] names, Func<int, int> lengthOf, float initial)
    {
        if (!_isTaken)
        {
            _names = names;
            _tensors = [.. names.Select((_, index) => new AlignedMemory(lengthOf(index)))];
            Array.ForEach(_tensors, tensor => tensor.Span.Fill(initial));
        }
        else
        {
            CheckLengths(names, i => _tensors[i].Length, lengthOf);
        }

        (_isTaken, _fitsModel) = (true, true);
    }

    /// <summary>The tensors, without a copy.</summary>
    public ImmutableArray<OptimizerTensor> Read() =>
        [.. _tensors.Select((tensor, index) => new OptimizerTensor(_names[index], tensor.Memory))];

    /// <summary>Takes a copy of tensors, or nothing where there are none yet.</summary>
    /// <param name="state">Whose tensors.</param>
    /// <param name="names">The names that they should have, in any order.</param>
    /// <exception cref="ArgumentException">The names, or the lengths, are others.</exception>
    public void Write(OptimizerState state, string[] names)
    {
        if (state.Tensors.IsDefault || state.StepCount < 0)
        {
            throw new ArgumentException(
                Invariant($"expected tensors and a number of steps of at least 0, got {state.StepCount} steps"), nameof(state));
        }

        if (state.StepCount == 0 && state.Tensors.IsEmpty)
        {
            (_names, _tensors, _isTaken, _fitsModel) = ([], [], false, false);
            return;
        }

        string[] found = [.. state.Tensors.Select(tensor => tensor.Name)];
        if (!found.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)))
        {
            throw new ArgumentException(
                $"expected the tensors {List(names)} of {state.Kind} with these settings, got {List(found)}", nameof(state));
        }

        ReadOnlyMemory<float>[] values =
            [.. names.Select(name => state.Tensors.First(tensor => tensor.Name == name).Values)];
        if (_fitsModel)
        {
            CheckLengths(names, i => values[i].Length, i => _tensors[i].Length);
        }
        else
        {
            _tensors = [.. values.Select(value => new AlignedMemory(value.Length))];
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i].Span.CopyTo(_tensors[i].Span);
        }

        (_names, _isTaken) = (names, true);
    }

    private static void CheckLengths(string[] names, Func<int, int> actual, Func<int, int> expected)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (actual(i) != expected(i))
            {
                throw new ArgumentException(Invariant(
                    $"expected {expected(i)} values of {names[i]} for this model, got {actual(i)}; the state is another model's"));
            }
        }
    }

    private static string List(string[] names) => names.Length == 0 ? "none" : PrintableText.Name(string.Join(", ", names));
}
