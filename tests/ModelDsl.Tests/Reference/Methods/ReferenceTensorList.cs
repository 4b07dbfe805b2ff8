namespace ModelDsl.Tests.Reference.Methods;

/// <summary>What stands for <see cref="TensorList"/>.</summary>
public sealed class ReferenceTensorList
{
    private readonly ReferenceTensor[] _tensors;

    internal ReferenceTensorList(ReferenceTensor[] tensors) => _tensors = tensors;

    public int Count => _tensors.Length;

    public ReferenceTensor this[int index] => _tensors[index];

    public void Deconstruct(out ReferenceTensor first, out ReferenceTensor second) =>
        (first, second) = (_tensors[0], _tensors[1]);

    public void Deconstruct(out ReferenceTensor first, out ReferenceTensor second, out ReferenceTensor third) =>
        (first, second, third) = (_tensors[0], _tensors[1], _tensors[2]);

    public void Deconstruct(
        out ReferenceTensor first, out ReferenceTensor second, out ReferenceTensor third, out ReferenceTensor fourth) =>
        (first, second, third, fourth) = (_tensors[0], _tensors[1], _tensors[2], _tensors[3]);

    public IEnumerator<ReferenceTensor> GetEnumerator() => _tensors.AsEnumerable().GetEnumerator();
}

/// <summary>What stands for <see cref="TensorTuples"/>.</summary>
public static class ReferenceTuples
{
    public static ReferenceTensor Concat(
        this (ReferenceTensor First, ReferenceTensor Second) tensors, int dimension = -1) =>
        ReferenceTensor.Concat([tensors.First, tensors.Second], dimension);

    public static ReferenceTensor Concat(
        this (ReferenceTensor First, ReferenceTensor Second, ReferenceTensor Third) tensors, int dimension = -1) =>
        ReferenceTensor.Concat([tensors.First, tensors.Second, tensors.Third], dimension);

    public static ReferenceTensor Concat(
        this (ReferenceTensor First, ReferenceTensor Second, ReferenceTensor Third, ReferenceTensor Fourth) tensors,
        int dimension = -1) =>
        ReferenceTensor.Concat([tensors.First, tensors.Second, tensors.Third, tensors.Fourth], dimension);
}
